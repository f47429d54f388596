"""The pages and the data of the directory of catalysts, for the factory."""

from __future__ import annotations

from flask import Blueprint

from territoires.web.directory import api
from territoires.web.pages import catalyst, catalysts, catalysts_embed, catalysts_missing

DIRECTORY: tuple[Blueprint, ...] = (
    catalysts.blueprint,
    catalysts_embed.blueprint,
    catalysts_missing.blueprint,
    catalyst.blueprint,
    api.blueprint,
)
