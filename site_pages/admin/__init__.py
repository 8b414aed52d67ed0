"""What editors of partners and agreements work with in Wagtail's admin."""
