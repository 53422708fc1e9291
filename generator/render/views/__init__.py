"""What each kind of page says, worked out before any template sees it."""
