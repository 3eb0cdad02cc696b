"""Tables of answers: CSV, XLSX and Parquet files in, checked columns of numbers and labels out."""

from replenish.measures.tables.reading import read_header, read_table
from replenish.measures.tables.table import Table

__all__ = ["Table", "read_header", "read_table"]
