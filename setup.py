"""What pyproject.toml cannot say: every folder below analysis/ goes into the wheel, and notebooks/ as analysis/notebooks/."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["analysis", "analysis.*"]), "analysis.notebooks"],
    package_dir={"analysis.notebooks": "notebooks"},
    package_data={"analysis": ["**/*"], "analysis.notebooks": ["*.ipynb"]},
    exclude_package_data={"": ["*.pyc", ".*"]},
)
