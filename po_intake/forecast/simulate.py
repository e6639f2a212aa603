"""Replay weeks of demand against reorder levels: what would a rule have cost?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .levels import ORDER_SHARE, Terms
from .outlook import Items
from .series import Array, Mask


@dataclass(frozen=True)
class Played:
    """[n] each: mean units on hand, order lines a year, units sold and asked for, cost a year.

    ``ordered`` is [n, W]: the weeks in which something was ordered.
    """

    stock: Array
    lines: Array
    sold: Array
    asked: Array
    cost: Array
    ordered: Mask


def play(
    weeks: Array, point: Array, up_to: Array, items: Items, terms: Terms, margin: Array
) -> Played:
    """Run (reorder point, order-up-to) levels over past weeks, all items at once.

    :param weeks: [n, W] demand; what is not in stock is lost
    :param point: [n, W] reorder point of each week; ``up_to`` alike
    :param margin: [n] earned with one unit: what a lost sale costs
    A week: goods arrive, demand is served, the position (on hand + on order) is looked at.
    The stock of the beginning is the first level, so that no rule starts with an advantage. An
    order's cost is shared by its lines as in `levels.economic_quantity`.
    """
    n, past = weeks.shape
    wait = np.maximum(np.ceil(np.asarray(items.lead_days) / 7.0), 1).astype(np.int64)
    due = np.zeros((n, past + int(wait.max(initial=1)) + 1))
    pack, rows = np.maximum(items.pack, 1e-9), np.arange(n)
    on_hand, on_order = up_to[:, 0].copy() if past else np.zeros(n), np.zeros(n)
    stock, sold, ordered = np.zeros(n), np.zeros(n), np.zeros((n, past), bool)
    for week in range(past):
        on_hand += due[:, week]
        on_order -= due[:, week]
        served = np.minimum(on_hand, weeks[:, week])
        on_hand -= served
        position = on_hand + on_order
        short = position < point[:, week] - 1e-9
        packs = np.where(short, np.ceil((up_to[:, week] - position) / pack - 1e-9), 0.0)
        bought = np.maximum(packs, 0.0) * pack
        due[rows, week + wait] += bought
        on_order += bought
        stock += on_hand + served / 2.0
        ordered[:, week] = bought > 0
        sold += served
    years = max(past / 52.0, 1e-9)
    stock, lines, asked = stock / max(past, 1), ordered.sum(1) / years, weeks.sum(1)
    cost = stock * items.cost * terms.holding_rate + (asked - sold) * margin / years
    cost += lines * (terms.line_cost + ORDER_SHARE * terms.order_cost)
    return Played(stock, lines, sold, asked, cost, ordered)
