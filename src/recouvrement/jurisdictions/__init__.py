"""Countries. Each answers the protocol of `recouvrement.law.jurisdiction`; none knows another."""
