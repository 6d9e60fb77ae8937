// The standard options of a field, without their editors: what applyFieldOverrides needs to know of them.
const ids = ['unit', 'min', 'max', 'decimals', 'displayName', 'color', 'thresholds', 'mappings', 'noValue', 'links'];
export const getAllStandardFieldConfigs = () => ids.map((id) => ({ id, path: id, name: id, process: (v: any) => v, shouldApply: () => true, override: null, editor: null, getItemsCount: () => 0 })) as any;
