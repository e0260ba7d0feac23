-- By pledges_stream.
select p.stream, p.title, p.opening_version as "openingVersion", p.opening_position as "openingPosition",
  p.known_since as "knownSince", p.occurred, p.donors, p.beneficiaries, p.scope, p.instrument, p.category, p.money, p.cancelled,
  p.body
from pledges p
where :at(p) and p.stream = any ($3)
