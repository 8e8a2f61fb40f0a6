"""What shows itself in a cell of JupyterLab: a study, an actor, choices, proposals."""
