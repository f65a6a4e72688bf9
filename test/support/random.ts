export { randomFrom } from "../../src/simulator/random.ts";
