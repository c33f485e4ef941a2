"""The second floor, west: one public function is one act that a person does; it writes, atomically."""
