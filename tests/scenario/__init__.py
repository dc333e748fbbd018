"""The whole process, played by its people through the pages and the mails that they get."""
