"""What is measured by hand, outside the run of tests: each module prints, nothing asserts on time."""
