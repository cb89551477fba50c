"""Big tables into small ones: one portable SQL file each, and the engine that runs them."""
