"""Every address of Regards, for the factory to register."""

from __future__ import annotations

from flask import Blueprint

from territoires.web.pages import dominoes, perceptions, regards
from territoires.web.regards import domino_map, felt_map, programs

REGARDS: tuple[Blueprint, ...] = (
    regards.blueprint,
    dominoes.blueprint,
    domino_map.blueprint,
    perceptions.blueprint,
    felt_map.blueprint,
    programs.blueprint,
)
