"""Quality and speed, measured side by side with the alternative: one command each."""
