// choose: the first `when` whose condition holds, else `otherwise`.
import type { Policy } from '../registry.ts';
import { runSteps } from '../step.ts';

export const choose: Policy = {
  name: 'choose',
  compile(node, room) {
    const whens = node.children.filter((child) => child.name === 'when');
    const branches = whens.map((when, index) => {
      if (!when.attributes.has('condition'))
        room.fail(when, "<when> needs the attribute 'condition'.");
      return {
        condition: room.flag(when, 'condition', false),
        steps: room.steps(when.children, when, index + 1),
      };
    });
    const otherwise = node.children.find((child) => child.name === 'otherwise');
    const rest = otherwise ? room.steps(otherwise.children, otherwise) : [];
    return async (call) => {
      for (const { condition, steps } of branches) {
        if (await condition(call)) return runSteps(steps, call);
      }
      return runSteps(rest, call);
    };
  },
};
