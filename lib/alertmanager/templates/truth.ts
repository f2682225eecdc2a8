import type { Complex, Value } from "../go/value";
import { entriesOf, itemsOf } from "../go/value";

/** Go's `template.IsTrue`: false are nothing, nil, zero and empty; a struct is always true. */
export function isTrue(value: Value): boolean {
  if (!value) return false;
  const { type, data } = value;
  switch (type.kind) {
    case "bool":
      return data === true;
    case "string":
      return data !== "";
    case "int":
    case "uint":
      return data !== 0n;
    case "float":
      return data !== 0;
    case "complex":
      return (data as Complex).real !== 0 || (data as Complex).imaginary !== 0;
    case "slice":
      return itemsOf(value).length > 0;
    case "map":
      return entriesOf(value).size > 0;
    case "struct":
      return true;
    default:
      return data !== null;
  }
}
