import { expect, it } from "vitest";
import { slugOf } from "./slug-of";

it.each([
  ["Meridian", "meridian"],
  ["Équipe Réseau 2", "equipe-reseau-2"],
  ["  Großkunden & Co. ", "grosskunden-co"],
  ["24/7 Ops", "ops"],
  ["!!!", ""],
])("%s becomes %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
