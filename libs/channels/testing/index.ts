export type { AdapterConformance, Behaviour, OtherSide } from './adapter-conformance.js';
export { adapterConformance } from './adapter-conformance.js';
