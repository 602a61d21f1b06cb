orgflow: 1
title: A story
sources: {s: {title: A source, publisher: Press, url: "https://example.org/a", date: 2021}}
strategies: {open: {name: Open}, closed: {name: Closed}}
groups: {g: {name: Group}}
labs: {a: {name: Lab A, strategy: open, sources: [s]}, b: {name: Lab B, sources: [s]}}
people:
  ann: {name: Ann Arbor, lab: a, since: 2020, groups: [g], sources: [s]}
  bob: {name: Bob Builder, lab: a, since: 2020, sources: [s]}
events:
  - {id: go, date: 2021-05-01, type: move, people: [ann], to: b, sources: [s]}
  - {id: turn, date: 2022, type: shift, lab: a, to: closed, because: [go], sources: [s]}
