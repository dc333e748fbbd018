"""The use cases: one public function is one use case and one write transaction."""
