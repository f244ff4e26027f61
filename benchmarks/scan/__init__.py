"""The scanner's figures: each decoder alone and our ladder, on the same pictures in the same run."""
