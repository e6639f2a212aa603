"""Kinds of year that items have in common: flat, before Christmas, summer, ..., found in demand.

A mixture of multinomial distributions over the weeks of the year, fitted by expectation and
maximisation (Dempster, Laird and Rubin 1977). How many weeks with demand an item has is its
evidence, discounted where an item is told its kinds, for orders come in clusters. The category
says which kinds are likely before an item's demand is looked at. Kumar, Patel and Woo (2002)
cluster seasonal profiles for the same reason: the items of a category need not share a season.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .series import WEEKS_A_YEAR, Array

KINDS = 6  # four to eight are as good
ROUNDS = 12  # of the fit; later ones change nothing that an order would show
TOLD = 0.2  # what a week with demand counts for when an item is told its kinds: orders cluster
CATEGORY = 10.0  # items at which a category's own mix of kinds counts half
KIND_EVIDENCE = 200.0  # weeks with demand at which a kind's profile counts half
REACH = 4  # weeks to each side that a week's factor learns from, ever less with the distance
LEAST = 0.02  # of a usual week, so that one sale out of season rules out no kind


@dataclass(frozen=True)
class Year:
    """All that was sold by week of the year.

    ``sold`` [n, 52] in means of the item's week, ``lived`` [n, 52] how often each week was
    lived through, ``evidence`` [n] weeks with demand, ``weight`` [n] of an item in the profile
    of its kind, 0 where it is too young to tell.
    """

    sold: Array
    lived: Array
    evidence: Array
    weight: Array


def find_kinds(year: Year, category: NDArray) -> Array:
    """[n, 52] profile of each item, mean 1: those of the kinds, by how likely it is of each."""
    told = year.weight > 0
    everything = _profiles(year, told[:, None] * 1.0)[0]
    if not told.any():
        return np.tile(everything, (len(told), 1))
    _names, group = np.unique(category, return_inverse=True)
    members = np.eye(group.max() + 1)[group.reshape(-1)]
    orders = year.sold * (year.evidence / np.maximum(year.sold.sum(1), 1e-9))[:, None]
    likely = _first_guess(year, told)
    for _round in range(ROUNDS):
        mine = likely * told[:, None]
        known = (mine.T @ year.evidence)[:, None]
        trust = known / (known + KIND_EVIDENCE)
        profiles = trust * _profiles(year, mine) + (1 - trust) * everything
        fit = orders @ np.log(profiles).T - year.evidence[:, None] * np.log(
            np.maximum(year.lived @ profiles.T, 1e-9)
        )
        share = (mine.sum(0) + 1.0) / (told.sum() + KINDS)
        among = members.T @ mine + CATEGORY * share
        usual = members @ (among / among.sum(1, keepdims=True))
        likely = _normalised(fit + np.log(usual))
    return _normalised(TOLD * fit + np.log(usual)) @ profiles


def _normalised(score: Array) -> Array:
    """[n, k] logarithms -> shares with sum 1."""
    share = np.exp(score - score.max(1, keepdims=True))
    return share / share.sum(1, keepdims=True)


def smooth(folded: Array) -> Array:
    """Weighted mean of the neighbouring weeks, around the year."""
    away = range(-REACH, REACH + 1)
    total = sum((REACH + 1 - abs(step)) * np.roll(folded, step, axis=1) for step in away)
    return total / (REACH + 1) ** 2


def _profiles(year: Year, share: Array) -> Array:
    """[k, 52] mean relative demand by week of the year of items that belong by ``share`` [n, k]."""
    weight = (share * year.weight[:, None]).T
    sold, lived = smooth(weight @ year.sold), smooth(weight @ year.lived)
    raw = np.where(lived > 1e-9, sold / np.maximum(lived, 1e-9), 1.0)
    return np.maximum(raw / np.maximum(raw.mean(1, keepdims=True), 1e-9), LEAST)


def _first_guess(year: Year, told: NDArray[np.bool_]) -> Array:
    """[n, KINDS] one kind each: the flattest items, the others by the time of their peak."""
    profile = smooth(year.sold) / np.maximum(smooth(year.lived), 1e-9)
    wave = profile @ np.exp(2j * np.pi * np.arange(WEEKS_A_YEAR) / WEEKS_A_YEAR)
    cuts = np.quantile(np.angle(wave[told]), np.arange(1, KINDS - 1) / (KINDS - 1))
    flat = np.abs(wave) < np.quantile(np.abs(wave[told]), 1.0 / KINDS)
    return np.eye(KINDS)[np.where(flat, 0, 1 + np.digitize(np.angle(wave), cuts))]
