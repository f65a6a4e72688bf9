export { type Demo, openDemo } from "../demo.ts";
export { seedDemo } from "../simulator/demo-root.ts";
export { writeMailRoot } from "../simulator/mail-root.ts";
export { type Simulator, type SimulatorOptions, startSimulator } from "../simulator/simulator.ts";
export { faulty } from "../storage/wrap.ts";
export { backendSuite } from "./backend-suite.ts";
export { pluginSuite } from "./plugin-suite.ts";
export { storageSuite } from "./storage-suite.ts";
