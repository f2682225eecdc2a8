export {
  checkExpectations,
  type ExpectationReason,
  type ExpectationResult,
} from "./check-expectations";
export { type Expectation, type ExpectationFault, expectationFault } from "./expectation";
export { type ExpectationsProblem, printExpectations, readExpectations } from "./yaml";
