"""The job that brings the published articles into the Zalo channel, through the Official Account's article interface."""
