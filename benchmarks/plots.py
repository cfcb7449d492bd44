"""Bar plots as SVG, readable on light and dark backgrounds. Bars are on a logarithmic scale, with 1 marked."""

from __future__ import annotations

import math
import statistics
from html import escape

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")  # told apart by the colour-blind too
FONT = 'font-family="sans-serif" font-size="11" fill="#777"'
LEFT, WIDTH, BAR, GAP = 260, 860, 13, 10


def bars(title: str, groups: dict[str, dict[str, list[float]]]) -> str:
    """Return a plot of ratios: group → name of the bar → ratios of the rounds, whose spread is drawn as a line."""
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    values = [value for group in groups.values() for ratios in group.values() for value in ratios] or [1.0]
    low, high = min(0.5, *values), max(2.0, *values)
    height = 56 + sum(len(group) * BAR + GAP for group in groups.values()) + 24

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - 70) * math.log(value / low) / math.log(high / low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<text x="8" y="16" font-size="13">{escape(title)}</text>',
    ]
    for index, name in enumerate(names):
        place = 8 + index * (WIDTH - 16) // max(1, len(names))
        parts.append(f'<rect x="{place}" y="26" width="10" height="10" fill="{COLOURS[index % len(COLOURS)]}"/>')
        parts.append(f'<text x="{place + 14}" y="35">{escape(name)}</text>')
    y = 48
    for group, of_names in groups.items():
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + len(of_names) * BAR / 2 + 4}" text-anchor="end">{escape(group)}</text>'
        )
        for name, ratios in of_names.items():
            median = statistics.median(ratios)
            start, end = sorted((x(1), x(median)))
            colour = COLOURS[names.index(name) % len(COLOURS)]
            parts.append(
                f'<rect x="{start:.1f}" y="{y}" width="{max(end - start, 1):.1f}" height="{BAR - 3}" fill="{colour}"/>'
                f'<path d="M{x(min(ratios)):.1f} {y + 5}H{x(max(ratios)):.1f}" stroke="#777"/>'
                f'<text x="{max(end, x(max(ratios))) + 4:.1f}" y="{y + 9}">{median:.2f}</text>'
            )
            y += BAR
        y += GAP
    parts.append(f'<path d="M{x(1):.1f} 42V{y}" stroke="#777" stroke-dasharray="3 3"/>')
    parts.append(f'<text x="{x(1):.1f}" y="{y + 14}" text-anchor="middle">1 = as fast as ours</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
