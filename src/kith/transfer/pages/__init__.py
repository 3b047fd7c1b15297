"""The pages of an import: file, columns, review, run, done; and the list of imports."""
