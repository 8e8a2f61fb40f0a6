"""The ground: typography, quotation marks, tables, the language of results, where things stand."""
