"""Territoires: an interactive geographic dashboard of the fragilities of French territories."""

from importlib.metadata import version

__version__ = version("territoires")
