"""What an editor must do now."""
