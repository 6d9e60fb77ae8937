// Draws a dashboard of grafana/ with Grafana's own components and a real Prometheus' answers. It is not Grafana: variables are all
// where the address names no value, transformations are merge and organize alone, and a state timeline is drawn by hand, since
// Grafana exports none. What became of each panel stands in window.panels, what went wrong in window.problems.
import React from 'react';
import { createRoot } from 'react-dom/client';
import { createTheme, FieldType, applyFieldOverrides, toDataFrame, ThemeContext, getDisplayProcessor, dateTime, getFieldDisplayValues, formattedValueToString } from '@grafana/data';
import { PanelChrome, TimeSeries, BigValue, BigValueColorMode, BigValueGraphMode, BigValueTextMode, BigValueJustifyMode, Table, BarGauge, BarGaugeDisplayMode, PanelContextProvider } from '@grafana/ui';
import { VizOrientation, BarGaugeValueMode, BarGaugeNamePlacement, LegendDisplayMode } from '@grafana/schema';
const q = new URLSearchParams(location.search);
const theme = createTheme({ colors: { mode: (q.get('theme') ?? 'dark') as any } });
const UNIT = 37, W = +(q.get('w') ?? 1600);
const problems: string[] = (window as any).problems = [];
const fill = (e: string) => e.replace(/"\$([a-z]+)"/g, (_, name) => `"${q.get(name) ?? '.*'}"`).replace(/\$__rate_interval/g, q.get('rate') ?? '30s');
const now = Date.now() / 1000, span = +(q.get('span') ?? 300), from = now - span;
const raw = { from: dateTime(from * 1000), to: dateTime(now * 1000), raw: { from: '', to: '' } };
const legend = (f: string | undefined, m: any) => f ? f.replace(/\{\{ *(\w+) *\}\}/g, (_, l) => m[l] ?? '').trim() : Object.entries(m).map(([k, v]) => `${k}=${v}`).join(' ') || 'Value';
async function ask(t: any) {
  const u = t.instant ? `/api/v1/query?query=${encodeURIComponent(fill(t.expr))}&time=${now}` : `/api/v1/query_range?query=${encodeURIComponent(fill(t.expr))}&start=${from}&end=${now}&step=${Math.max(1, span / 150)}`;
  const answer = await (await fetch(u)).json();
  if (answer.status !== 'success') problems.push(`${t.expr}: ${answer.error}`);
  return answer.data?.result ?? [];
}
async function frames(p: any) {
  const all = await Promise.all(p.targets.map(ask));
  if (p.type === 'table') {
    const rows = new Map<string, any>();
    const names = new Set<string>();
    const tables = all.map((r: any[], i: number) => r.map((s) => { const { __name__, ...m } = s.metric; return { ...m, [p.targets.length > 1 ? `Value #${p.targets[i].refId}` : 'Value']: +s.value[1] }; }));
    const shared = tables.filter((t: any[]) => t.length).map((t: any[]) => Object.keys(t[0]).filter((k) => !k.startsWith('Value')));
    const keys = shared.length ? shared.reduce((a: string[], b: string[]) => a.filter((k) => b.includes(k))) : [];
    for (const t of tables) for (const r of t) { const k = keys.map((x: string) => r[x]).join('|'); rows.set(k, { ...rows.get(k), ...r }); Object.keys(r).forEach((n) => names.add(n)); }
    const o = p.transformations.at(-1).options;
    const cols = [...names].filter((n) => !o.excludeByName[n]).sort((a, b) => (o.indexByName[a] ?? 99) - (o.indexByName[b] ?? 99));
    let list = [...rows.values()];
    const s = p.options.sortBy[0]; const by = s && cols.find((c) => (o.renameByName[c] ?? c) === s.displayName);
    if (by) list.sort((a, b) => (b[by] ?? 0) - (a[by] ?? 0));
    return [toDataFrame({ fields: cols.map((c) => ({ name: o.renameByName[c] ?? c, type: c.startsWith('Value') ? FieldType.number : FieldType.string, config: {}, values: list.map((r) => r[c] ?? null) })) })];
  }
  return all.flatMap((r: any[], i: number) => r.map((s) => {
    const v = s.values ?? [s.value]; const name = legend(p.targets[i].legendFormat, s.metric);
    return toDataFrame({ name, refId: p.targets[i].refId, fields: [{ name: 'Time', type: FieldType.time, values: v.map((x: any) => x[0] * 1000) }, { name, type: FieldType.number, config: { displayName: name }, values: v.map((x: any) => +x[1]) }] });
  }));
}
function withDisplay(p: any, data: any[]) {
  const out = applyFieldOverrides({ data, fieldConfig: p.fieldConfig, replaceVariables: (s: string) => s, theme, timeZone: 'browser', fieldConfigRegistry: registry as any });
  return out;
}
import { Registry, standardFieldConfigEditorRegistry } from '@grafana/data';
import { getAllStandardFieldConfigs } from './std';
standardFieldConfigEditorRegistry.setInit(getAllStandardFieldConfigs as any);
const custom = ['drawStyle','lineInterpolation','lineWidth','fillOpacity','showPoints','spanNulls','stacking','axisPlacement','axisLabel','thresholdsStyle','lineStyle','width','minWidth','align','cellOptions','filterable','inspect'].map((id) => ({ id: 'custom.' + id, path: id, isCustom: true, name: id, process: (v: any) => v, shouldApply: () => true, override: () => null, editor: () => null }));
const registry = new Registry(() => [...standardFieldConfigEditorRegistry.list(), ...custom] as any);
function Viz({ p, data, width, height }: any) {
  if (empty(data)) return <div style={{ padding: 12, color: theme.colors.text.secondary }}>{p.fieldConfig.defaults.noValue ?? 'No data'}</div>;
  if (p.type === 'timeseries') return <TimeSeries width={width} height={height} frames={withDisplay(p, data)} timeRange={raw as any} timeZone="browser" legend={{ ...p.options.legend, displayMode: LegendDisplayMode.List } as any} options={p.options} {...({ replaceVariables: (s: string) => s } as any)} />;
  if (p.type === 'table') return <Table data={withDisplay(p, data)[0]} width={width} height={height} />;
  if (p.type === 'stat') {
    const d = withDisplay(p, data); const f = d[0].fields[1]; const v = f.display!(f.values[f.values.length - 1]);
    return <BigValue width={width} height={height} theme={theme} value={v} colorMode={p.options.colorMode as BigValueColorMode} graphMode={BigValueGraphMode.None} textMode={BigValueTextMode.Value} justifyMode={BigValueJustifyMode.Auto} />;
  }
  if (p.type === 'bargauge') {
    const d = withDisplay(p, data); const vs = d.map((f: any) => { const x = f.fields[1]; return { v: x.display!(x.values.at(-1)), f: x, name: f.name }; }).sort((a: any, b: any) => b.v.numeric - a.v.numeric);
    const max = Math.max(...vs.map((x: any) => x.v.numeric));
    const widest = vs.reduce((a: string, x: any) => (x.name.length > a.length ? x.name : a), '');
    return <div>{vs.map((x: any, i: number) => <BarGauge key={i} width={width} height={24} theme={theme} value={{ ...x.v, title: x.name }} field={{ ...x.f.config, min: 0, max }} display={x.f.display} orientation={VizOrientation.Horizontal} displayMode={BarGaugeDisplayMode.Basic} valueDisplayMode={BarGaugeValueMode.Color} namePlacement={BarGaugeNamePlacement.Left} text={{ titleSize: 12, valueSize: 13 }} itemSpacing={4} lcdCellWidth={8} alignmentFactors={{ ...vs[0].v, title: widest } as any} />)}</div>;
  }
  if (p.type === 'state-timeline') {
    const m = p.fieldConfig.defaults.mappings[0].options;
    const tall = Math.min(22, Math.floor((height - 16) / data.length) - 4);
    return <div style={{ padding: 8, fontSize: 12 }}>{data.map((f: any, i: number) => { const t = f.fields[0].values, v = f.fields[1].values; return <div key={i} style={{ display: 'flex', alignItems: 'center', marginBottom: 4, lineHeight: `${tall}px` }}><span style={{ width: 150, overflow: 'hidden', whiteSpace: 'nowrap' }}>{f.name}</span><svg width={width - 180} height={tall}>{v.map((x: number, k: number) => <rect key={k} x={(t[k] / 1000 - from) / span * (width - 180)} y={0} width={(width - 180) / 148} height={tall} fill={theme.visualization.getColorByName(m[x]?.color ?? 'gray')} />)}</svg></div>; })}</div>;
  }
  return <div>{p.type}</div>;
}
const empty = (data: any[]) => data.length === 0 || data.every((f: any) => f.length === 0);
/** A panel that cannot be drawn says so, and leaves the others alone. */
class Careful extends React.Component<any, any> {
  state = { problem: '' };
  static getDerivedStateFromError(e: any) { return { problem: String(e) }; }
  componentDidCatch(e: any) { problems.push(`${this.props.title}: ${e}`); }
  render() { return this.state.problem ? <div>{this.state.problem}</div> : this.props.children; }
}
function Board({ d, data }: any) {
  const cell = (W - 16) / 24;
  return <ThemeContext.Provider value={theme}><div style={{ background: theme.colors.background.canvas, position: 'relative', width: W, height: Math.max(...d.panels.map((p: any) => p.gridPos.y + p.gridPos.h)) * UNIT + 50, fontFamily: 'DejaVu Sans', color: theme.colors.text.primary }}>
    <div style={{ padding: '12px 14px', fontSize: 17 }}>{d.title}</div>
    {d.panels.map((p: any, i: number) => { const g = p.gridPos; const box = { position: 'absolute', left: 8 + g.x * cell, top: 44 + g.y * UNIT, width: g.w * cell - 6, height: g.h * UNIT - 6 } as any;
      return <div key={p.id} style={box}>{p.type === 'row' ? <div style={{ padding: 6 }}>▾ {p.title}</div> : <PanelChrome title={p.title} width={box.width} height={box.height} padding={p.type === 'stat' ? 'none' : 'md'}>{(w: number, h: number) => <Careful title={p.title}><Viz p={p} data={data[i]} width={w} height={h} /></Careful>}</PanelChrome>}</div>; })}
  </div></ThemeContext.Provider>;
}
(async () => {
  const d = await (await fetch('/dashboard/' + q.get('uid'))).json();
  const data = await Promise.all(d.panels.map((p: any) => p.type === 'row' ? [] : frames(p)));
  (window as any).panels = d.panels.flatMap((p: any, i: number) => p.type === 'row' ? [] : [{ title: p.title, empty: empty(data[i]) }]);
  createRoot(document.getElementById('root')!).render(<Board d={d} data={data} />);
  setTimeout(() => { document.title = 'drawn'; }, 1500);
})().catch((e) => { problems.push(String(e)); document.title = 'drawn'; });
