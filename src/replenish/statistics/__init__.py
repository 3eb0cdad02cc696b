"""Every exact function of moments: models, reliability, conditions and what goes with them."""
