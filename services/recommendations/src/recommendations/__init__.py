"""What goes well with what somebody looks at."""
