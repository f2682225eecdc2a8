import { INTS, LAYOUTS, type Make, PATTERNS, RandomWords, REPLACEMENTS, STRINGS, TEXTS } from "./random-template-words";

/** A text to render, with what it is rendered as. */
export interface RandomText {
  kind: "text" | "html";
  /** What comes first: templates that the body may call. Their names are used once. */
  definitions: string;
  body: string;
}

/** What an expression yields, as far as functions ask for it. */
type Sort = "text" | "int" | "bool" | "kv" | "alerts" | "alert" | "texts" | "time" | "pairs" | "any";

/**
 * Template texts that a seed fixes: mostly such as Go renders, some that it refuses when it reads or executes them.
 * Everything in them existed in Alertmanager 0.25.
 */
export class RandomTemplate extends RandomWords {
  #variables: { name: string; sort: Sort }[] = [];
  #dot: Sort | "data" = "data";
  #loops = 0;
  #defined: string[] = [];
  #count = 0;

  next(): RandomText {
    this.#variables = [];
    this.#dot = "data";
    this.#loops = 0;
    this.#defined = [];
    const kind = this.chance(0.4) ? "html" : "text";
    const piece = kind === "html" ? () => this.#html(3) : () => this.#statement(3);
    const definitions = this.chance(0.3) ? this.#definitions(piece) : "";
    const body = this.several(1, 5, piece);
    return { kind, definitions, body: this.chance(0.08) ? this.accident(body) : body };
  }

  #definitions(piece: Make): string {
    return Array.from({ length: 1 + this.below(2) }, () => {
      const name = `t${this.#count++}`;
      // Any data may be handed to it.
      const inside = this.#scoped(this.pick(["data", "any", "text", "alerts"]), () => this.several(1, 3, piece));
      this.#defined.push(name);
      return `${this.open()}define "${name}"${this.close()}${inside}${this.open()}end${this.close()}`;
    }).join("");
  }

  #scoped(dot: Sort | "data", make: Make): string {
    const saved = { variables: [...this.#variables], dot: this.#dot, loops: this.#loops };
    this.#dot = dot;
    const made = make();
    this.#variables = saved.variables;
    this.#dot = saved.dot;
    this.#loops = saved.loops;
    return made;
  }

  #statement(depth: number): string {
    if (depth <= 0 || this.chance(0.25)) return this.pick(TEXTS);
    const inside = () => this.several(1, 3, () => this.#statement(depth - 1));
    return this.#flow(depth, inside, () => this.action(this.#pipeline(depth)));
  }

  #flow(depth: number, inside: Make, print: Make): string {
    const end = () => this.action("end");
    const otherwise = () => (this.chance(0.4) ? this.action("else") + inside() : "");
    const pick = this.share();
    if (pick < 0.5) return print();
    if (pick < 0.58) {
      const chain = this.chance(0.3) ? this.action(`else if ${this.#of("bool", depth)}`) + inside() : "";
      const condition = this.#of(this.pick(["bool", "any", "text"]), depth);
      return this.action(`if ${condition}`) + this.#scoped(this.#dot, inside) + chain + otherwise() + end();
    }
    if (pick < 0.68) {
      const sort = this.pick<Sort>(["text", "kv", "alerts", "any", "alert"]);
      const name = this.chance(0.3) ? this.name() : null;
      const head = `with ${name ? `${name} := ` : ""}${this.#of(sort, depth)}`;
      const body = this.#scoped(sort, () => {
        if (name) this.#variables.push({ name, sort });
        return inside();
      });
      return this.action(head) + body + otherwise() + end();
    }
    if (pick < 0.82) return this.#range(depth, inside) + otherwise() + end();
    if (pick < 0.9) {
      const sort = this.pick<Sort>(["text", "int", "bool", "kv", "alerts", "any"]);
      const known = this.#variables.length > 0 && this.chance(0.4) ? this.pick(this.#variables) : null;
      if (known) return this.action(`${known.name} = ${this.#of(known.sort, depth)}`);
      const name = this.name();
      const declared = this.action(`${name} := ${this.#of(sort, depth)}`);
      this.#variables.push({ name, sort });
      return declared;
    }
    if (pick < 0.94)
      return `{{${this.chance(0.3) ? "- " : ""}/* ${this.pick(TEXTS)} */${this.chance(0.3) ? " -" : ""}}}`;
    if (pick < 0.96 && this.#loops > 0) return this.action(this.pick(["break", "continue"]));
    const names = [
      "slack.default.title",
      "slack.default.text",
      "pagerduty.default.description",
      "__subject",
      ...this.#defined,
    ];
    return this.action(
      `template "${this.pick(names)}"${this.chance(0.9) ? ` ${this.chance(0.8) ? "$" : this.#of("any", 1)}` : ""}`,
    );
  }

  #range(depth: number, inside: Make): string {
    const [sort, item] = this.pick<[Sort, Sort]>([
      ...([
        ["alerts", "alert"],
        ["kv", "text"],
        ["pairs", "any"],
        ["texts", "text"],
        ["alerts", "alert"],
      ] as [Sort, Sort][]),
      ["any", "any"],
    ]);
    const names = Array.from({ length: this.below(3) }, () => this.name());
    const head = `range ${names.length ? `${names.join(", ")} := ` : ""}${this.#of(sort, depth)}`;
    const body = this.#scoped(item, () => {
      this.#loops++;
      for (const [at, name] of names.entries()) {
        this.#variables.push({ name, sort: at === names.length - 1 ? item : sort === "kv" ? "text" : "int" });
      }
      return inside();
    });
    return this.action(head) + body;
  }

  #pipeline(depth: number): string {
    const sort = this.pick<Sort>(["text", "text", "int", "bool", "any", "kv", "alerts", "texts", "time"]);
    const first = this.#of(sort, depth);
    if (sort === "text" && this.chance(0.35)) {
      const filters = Array.from({ length: 1 + this.below(2) }, () => this.#filter());
      return [first, ...filters].join(" | ");
    }
    if (this.chance(0.15))
      return `${first} | ${this.pick(["len", "print", `printf ${this.format(1)}`, "html", "js", "not", "title", "println"])}`;
    return first;
  }

  #filter(): string {
    return this.one(
      () => this.pick(["toUpper", "toLower", "title", "html", "js", "urlquery", "safeHtml", "print", "len", "println"]),
      () => `printf ${this.format(1)}`,
      () => `reReplaceAll ${this.pick(PATTERNS)} ${this.pick(REPLACEMENTS)}`,
      () => `match ${this.pick(PATTERNS)}`,
      () => `eq ${this.pick(STRINGS)}`,
      () => `stringSlice ${this.pick(STRINGS)} | join ","`,
    );
  }

  /** An expression of a sort, now and then of another one. */
  #of(sort: Sort, depth: number): string {
    const wanted = this.chance(0.04)
      ? this.pick<Sort>(["text", "int", "bool", "kv", "alerts", "alert", "texts", "time"])
      : sort;
    const known = this.#variables.filter((variable) => variable.sort === wanted);
    if (known.length > 0 && this.chance(0.35)) return this.pick(known).name;
    if (this.#dot === wanted && this.chance(0.4)) return ".";
    const deeper = (next: Sort) => this.#argument(next, depth - 1);
    switch (wanted) {
      case "text":
        return this.#text(depth, deeper);
      case "int":
        return this.one(
          () => this.pick(INTS),
          () => `len ${deeper(this.pick(["text", "kv", "alerts", "texts"]))}`,
          () => `${this.#base("time", depth - 1)}.${this.pick(["Unix", "Year", "Minute", "YearDay", "Nanosecond"])}`,
          () => `index ${deeper("text")} ${this.index()}`,
        );
      case "bool":
        return this.#boolean(deeper);
      case "kv":
        return this.#kv(depth);
      case "alerts":
        return this.one(
          () => "$.Alerts",
          () => (this.#dot === "data" ? ".Alerts" : "$.Alerts"),
          () => `$.Alerts.${this.pick(["Firing", "Resolved"])}`,
          () => `slice $.Alerts ${this.chance(0.8) ? this.pick(["0", "1", "0 1", "0 1 1"]) : this.pick(["1 0", "99"])}`,
        );
      case "alert":
        return this.one(
          () => `index $.Alerts ${this.index()}`,
          () => (this.chance(0.2) ? "index $.Alerts.Firing 0" : "index $.Alerts 0"),
        );
      case "texts":
        return this.one(
          () => `${this.#base("kv", depth - 1)}.${this.pick(["Names", "Values"])}`,
          () => `stringSlice ${deeper("text")} ${deeper("text")}`,
          () => `${this.#base("pairs", depth - 1)}.${this.pick(["Names", "Values"])}`,
        );
      case "pairs":
        return `${this.#base("kv", depth - 1)}.SortedPairs`;
      case "time":
        return `${this.#base("alert", depth - 1)}.${this.pick(["StartsAt", "EndsAt", "StartsAt.UTC", "EndsAt.UTC"])}`;
      case "any":
        return this.#anything(depth, deeper);
    }
  }

  /** What a field can be asked of. */
  #base(sort: Sort, depth: number): string {
    const expression = this.#of(sort, depth);
    return /^\$[\w.é]*$|^\.\w[\w.]*$/.test(expression) ? expression : `(${expression})`;
  }

  #argument(sort: Sort, depth: number): string {
    return this.#inParens(this.#of(sort, depth));
  }

  #inParens(expression: string): string {
    return /^[$.\w]+$|^"[^"\\]*"$/.test(expression) && !/^[a-z]/.test(expression) ? expression : `(${expression})`;
  }

  #text(depth: number, deeper: (sort: Sort) => string): string {
    const fields = this.#dot === "data" ? ["Status", "Receiver", "ExternalURL"] : [];
    const alert = this.#dot === "alert" ? ["Status", "Fingerprint", "GeneratorURL", "Labels.severity"] : [];
    if (depth <= 0) return this.pick([...STRINGS, ...[...fields, ...alert].map((name) => `.${name}`), "$.Status"]);
    return this.one(
      () => this.pick(STRINGS),
      () =>
        this.pick([...fields, ...alert].map((name) => `.${name}`).concat("$.Receiver", "$.Status", "$.ExternalURL")),
      () =>
        `${this.#base("kv", depth - 1)}.${this.pick(["alertname", "severity", "job", "nope", "instance", "summary"])}`,
      () => `index ${deeper("kv")} ${deeper("text")}`,
      () => `${this.pick(["toUpper", "toLower", "title", "html", "js", "urlquery", "safeHtml"])} ${deeper("text")}`,
      () => `join ${this.pick(['", "', '"é"', '""'])} ${deeper("texts")}`,
      () => `reReplaceAll ${this.pick(PATTERNS)} ${this.pick(REPLACEMENTS)} ${deeper("text")}`,
      () => this.#printf(deeper),
      () => `${this.pick(["print", "println", "html", "js", "urlquery"])} ${deeper("any")} ${deeper("any")}`,
      () =>
        `slice ${deeper("text")} ${this.chance(0.8) ? this.pick(["0", "1", "0 1"]) : this.pick(["1 0", "0 0 0", "50", "2 1"])}`,
      () => `${this.#base("time", depth - 1)}.Format ${this.pick(LAYOUTS)}`,
      () => `or ${deeper("text")} ${deeper("text")}`,
      () => `and ${deeper("bool")} ${deeper("text")}`,
    );
  }

  #printf(deeper: (sort: Sort) => string): string {
    const count = this.below(4);
    const args = Array.from({ length: this.chance(0.9) ? count : this.below(4) }, () =>
      deeper(this.pick<Sort>(["text", "int", "bool", "any", "kv", "texts", "pairs"])),
    );
    return ["printf", this.format(count), ...args].join(" ");
  }

  #boolean(deeper: (sort: Sort) => string): string {
    const compare = this.pick(["eq", "ne", "lt", "le", "gt", "ge"]);
    return this.one(
      () => this.pick(["true", "false"]),
      () => `${compare} ${deeper("text")} ${deeper("text")}`,
      () => `${compare} ${deeper("int")} ${deeper("int")}`,
      () => `eq ${deeper("any")} ${deeper("any")}${this.chance(0.3) ? ` ${deeper("any")}` : ""}`,
      () => `not ${deeper(this.pick(["bool", "text", "kv"]))}`,
      () => `match ${this.pick(PATTERNS)} ${deeper("text")}`,
      () => `${this.pick(["and", "or"])} ${deeper("bool")} ${deeper("bool")}`,
    );
  }

  #kv(depth: number): string {
    const own =
      this.#dot === "data"
        ? [".CommonLabels", ".GroupLabels"]
        : this.#dot === "alert"
          ? [".Labels", ".Annotations"]
          : [];
    const names = ["$.CommonLabels", "$.CommonAnnotations", "$.GroupLabels", ...own];
    if (depth <= 0 || this.chance(0.7)) return this.pick(names);
    return this.one(
      () => `${this.pick(names)}.Remove (stringSlice "severity" ${this.pick(STRINGS)})`,
      () => `${this.#base("alert", depth - 1)}.${this.pick(["Labels", "Annotations"])}`,
    );
  }

  #anything(depth: number, deeper: (sort: Sort) => string): string {
    if (depth <= 0) return this.pick([".", "$", this.number(), this.pick(STRINGS)]);
    return this.one(
      () => this.pick([".", "$", "true", ".", "$", this.chance(0.2) ? "nil" : "false"]),
      () => this.number(),
      () =>
        this.#of(
          this.pick<Sort>(["text", "int", "bool", "kv", "alerts", "alert", "texts", "time", "pairs"]),
          depth - 1,
        ),
      () =>
        `index ${deeper(this.pick<Sort>(["texts", "alerts", "pairs"]))} ${this.chance(0.8) ? this.index() : deeper("any")}`,
      () => `${this.#base("any", depth - 1)}.${this.pick(["Name", "Value", "Labels", "Nope", "String", "Firing"])}`,
      () => (this.chance(0.2) ? `call ${deeper("any")}` : this.#of("time", depth - 1)),
      () => `len ${deeper(this.chance(0.2) ? "any" : "kv")}`,
      () =>
        `${this.#base("time", depth - 1)}.${this.pick(["Month", "Weekday", "IsZero", "Location.String", "UnixNano", "String"])}`,
    );
  }

  #html(depth: number): string {
    const value = () => this.action(this.#pipeline(2));
    if (depth <= 0) return this.pick(["a", "&amp;", "<br>", "<", "é", "<b>x</b>", value()]);
    const inside = () => this.several(1, 3, () => this.#html(depth - 1));
    const piece = () =>
      this.several(1, 3, () => this.one(value, value, () => this.pick(["a", " ", ":", "/", "?x=", "&", ",", ";"])));
    const pick = this.share();
    if (pick < 0.35) return this.#flow(depth, inside, value);
    if (pick < 0.55) return this.#element(inside, piece, value);
    if (pick < 0.68)
      return `<p ${this.pick(["style", "STYLE"])}=${this.quoted(() => `color: ${piece()}; background: url(${this.pick(["'", "", ""])}${value()})`)}>`;
    if (pick < 0.8) return `<script>${this.several(1, 3, () => this.#script(value))}</script>`;
    if (pick < 0.88)
      return `<style>${this.pick(["p { color: ", "a::before { content: '", "/* c */ b{width:", "@import url("])}${value()}${this.pick(["}", "'}", ")", "", "}/* d */"])}</style>`;
    if (pick < 0.94)
      return `<!-- ${value()} ${this.pick(["", "<b>", "--"])} -->${this.pick(["", "<!DOCTYPE html>", "<!x>"])}`;
    const name = this.pick(["title", "textarea"]);
    return `<${name}>${inside()}</${this.chance(0.9) ? name : name.toUpperCase()}>`;
  }

  #element(inside: Make, piece: Make, value: Make): string {
    const attribute = this.pick([
      "href",
      "src",
      "title",
      "onclick",
      "class",
      "srcset",
      "data-x",
      "data-url",
      "xmlns:x",
      "action",
      "value",
      "srcdoc",
      "content",
    ]);
    const name = this.pick(["a", "img", "div", "meta", "B", "svg:a"]);
    const conditional = this.chance(0.1)
      ? ` ${this.action(`if ${this.#of("bool", 1)}`)}checked${this.action("end")}`
      : "";
    const odd = this.chance(0.06) ? ` ${value()}` : this.chance(0.04) ? ` x${value()}=1` : "";
    const spaced = this.chance(0.1) ? " = " : "=";
    return `<${name} ${attribute}${spaced}${this.quoted(piece)}${conditional}${odd}>${inside()}${this.chance(0.8) ? `</${name}>` : ""}`;
  }

  #script(value: Make): string {
    return this.one(
      () => `var x = ${value()};`,
      () => `f("${value()}", '${value()}')`,
      () => `/* ${value()} */`,
      () => `// ${value()}\n`,
      () => `x = /${value()}[/]/g;`,
      () => `y = ${value()} / 2;`,
      () => `if (a < b) {}`,
      () => `{"k": ${value()}, "<!--": 1}`,
      () => `${this.action(`if ${this.#of("bool", 1)}`)}x${this.pick(["", " =", "++", "/"])}${this.action("end")}`,
    );
  }
}
