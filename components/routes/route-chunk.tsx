"use client";

import { memo, useRef } from "react";
import type { RouteRow, Target } from "./route-edits";
import { RouteForm } from "./route-form";
import { RouteLine } from "./route-line";
import type { RouteActions } from "./use-route-actions";
import { useFilled, useWithin } from "./use-within";

export type RouteChunkProps = {
  rows: readonly RouteRow[];
  startsNear: boolean;
  /** Empty when the selected route is none of these. */
  selected: string;
  over: Target | null;
  /** Routes that are only shown because something below them was found. */
  around: ReadonlySet<string>;
  readOnly: boolean;
  actions: RouteActions;
};

const ROW_HEIGHT = 37;
/** So few rows that a frame has the time to make them. */
const STEP = 4;

/** A run of rows, there only while somebody is near them, and painted only while they are seen. */
export const RouteChunk = memo(PlainRouteChunk, (before, after) => {
  const { rows, ...others } = before;
  return (
    rows.length === after.rows.length &&
    rows.every((row, index) => row === after.rows[index]) &&
    Object.entries(others).every(([key, value]) => value === after[key as keyof RouteChunkProps])
  );
});

function PlainRouteChunk({ startsNear, ...props }: RouteChunkProps) {
  const box = useRef<HTMLLIElement>(null);
  const { rows, selected } = props;
  const { near, height: before } = useWithin(box, startsNear, selected !== "");
  const height = before ?? rows.length * ROW_HEIGHT;
  return (
    <li
      ref={box}
      className="border-b [content-visibility:auto] last:border-0"
      style={near ? { containIntrinsicSize: `auto ${height}px` } : { height }}
    >
      {near ? <Rows {...props} height={height} atOnce={startsNear || selected !== ""} /> : null}
    </li>
  );
}

type RowsProps = Omit<RouteChunkProps, "startsNear"> & { height: number; atOnce: boolean };

/** As tall as all of them from the beginning, so that nothing below moves while they are made. */
function Rows({ rows, selected, over, around, readOnly, actions, height, atOnce }: RowsProps) {
  const filled = useFilled(rows.length, STEP, { once: atOnce });
  return (
    <ul style={filled < rows.length ? { minHeight: height } : undefined}>
      {rows.slice(0, filled).map((row) => (
        <li key={row.route.id} className="border-b last:border-0">
          <RouteLine
            row={row}
            open={selected === row.route.id}
            dim={around.has(row.route.id)}
            readOnly={readOnly}
            drop={over?.id === row.route.id ? over.place : null}
            actions={actions}
          />
          {selected === row.route.id ? <RouteForm row={row} /> : null}
        </li>
      ))}
    </ul>
  );
}
