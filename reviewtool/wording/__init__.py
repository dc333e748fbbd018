"""How kinds, states and refusals are said to people: used by pages, mail and command line."""
