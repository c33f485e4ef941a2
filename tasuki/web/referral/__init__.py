"""The referral room of the front door."""
