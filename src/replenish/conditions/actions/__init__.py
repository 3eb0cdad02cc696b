"""Actions on conditions: planned before they begin, fixed when they run, and judged by what was published."""
