"""What several tests need: real servers on real ports."""
