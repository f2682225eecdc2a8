import { Chip } from "../ui/chip";
import type { Labels } from "./judge-alerts";

/** An alert by its labels, its name first. */
export function AlertChips({ labels }: { labels: Labels }) {
  const { alertname, ...others } = labels;
  const names = Object.keys(others).sort();
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {alertname === undefined ? null : <span className="font-medium [overflow-wrap:anywhere]">{alertname}</span>}
      {names.map((name) => (
        <Chip key={name} className="inline-block" name={name} operator="=" value={others[name]} />
      ))}
    </span>
  );
}
