"""The public pages of a round: its request, and signing up."""
