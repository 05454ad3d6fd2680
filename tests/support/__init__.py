"""What several tests share: believable cases, and a diary that records decisions as a nightly run does."""
