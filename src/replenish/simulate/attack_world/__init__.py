"""The world in which policies of publishing are attacked: one question, every week, for a year."""

from replenish.simulate.attack_world.drawing import draw_year

__all__ = ["draw_year"]
