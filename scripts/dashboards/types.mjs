// Writes a TypeScript file that holds the dashboards against Grafana's own types: the dashboard, each panel's options, and
// the custom part of its field configuration. JSON has texts where the types have enums, so enums are opened to texts first.
import { readFileSync, writeFileSync } from "node:fs";

const CFG = {
  stat: ["stat", "Stat"], timeseries: ["timeseries", "TimeSeries"], bargauge: ["bargauge", "BarGauge"], table: ["table", "Table"],
  "state-timeline": ["statetimeline", "StateTimeline"],
};
const CUSTOM = new Set(["timeseries", "table", "state-timeline"]);
const [out, ...files] = process.argv.slice(2);
const lines = ["import type { Dashboard } from '@grafana/schema';"];
for (const [folder, name] of Object.values(CFG)) {
  lines.push(`import type * as ${name} from '@grafana/schema/dist/esm/raw/composable/${folder}/panelcfg/x/${name}PanelCfg_types.gen';`);
}
lines.push("type J<T> = T extends string ? `${T}` : T extends (infer U)[] ? J<U>[] : T extends object ? { [K in keyof T]: J<T[K]> } : T;");
// What Prometheus' data source adds to an annotation; the types know those of every data source alone.
const PROMETHEUS = ["expr", "step", "titleFormat", "textFormat", "tagKeys", "useValueForTime"];
files.forEach((file, i) => {
  const json = JSON.parse(readFileSync(file, "utf8"));
  json.annotations.list.forEach((annotation) => PROMETHEUS.forEach((key) => delete annotation[key]));
  lines.push(`const dashboard${i}: J<Dashboard> = ${JSON.stringify(json)};`, `void dashboard${i};`);
  for (const panel of json.panels.filter((p) => p.type !== "row")) {
    const name = CFG[panel.type][1];
    const own = { ...panel.options };
    lines.push(`const options${i}_${panel.id}: Partial<J<${name}.Options>> = ${JSON.stringify(own)}; // ${panel.title}`, `void options${i}_${panel.id};`);
    if (CUSTOM.has(panel.type)) {
      const type = panel.type === "table" ? "import('@grafana/schema').TableFieldOptions" : `${name}.FieldConfig`;
      lines.push(`const custom${i}_${panel.id}: Partial<J<${type}>> = ${JSON.stringify(panel.fieldConfig.defaults.custom)};`, `void custom${i}_${panel.id};`);
    }
  }
});
writeFileSync(out, lines.join("\n") + "\n");
