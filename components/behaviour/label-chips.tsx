import { Chip } from "../ui/chip";

/** A label set, its name first. */
export function LabelChips({ labels }: { labels: Readonly<Record<string, string>> }) {
  const rank = (name: string) => (name === "alertname" ? "" : name);
  return (
    <span className="flex flex-wrap gap-1">
      {Object.entries(labels)
        .sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1))
        .map(([name, value]) => (
          <Chip key={name} name={name} operator="=" value={value} />
        ))}
    </span>
  );
}
