"""The reading end of imports; `workbook` is its door."""
