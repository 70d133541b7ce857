// What is wrong with an expression so far, and how binding goes on after it.
import { type Diagnostic, SyntaxFault } from '../syntax/tokens.ts';

/** Complaints of one expression that are kept; a compiler's reader gives up long before. */
const complaintsMax = 100;

export abstract class Complaints {
  /** What is wrong; a lambda that is bound on trial has a list of its own. */
  protected complaints: Diagnostic[] = [];
  /** How often something wrong was met: what stands on it says nothing more. */
  protected failures = 0;
  /** Complaints about the flow of control. They say nothing about types, so they refuse no trial. */
  private readonly flowComplaints: Diagnostic[] = [];

  /** All complaints in the order of their places. */
  diagnostics(): readonly Diagnostic[] {
    const seen = new Set<string>();
    return [...this.complaints, ...this.flowComplaints]
      .filter(({ code, start }) => seen.size < seen.add(`${code} ${start}`).size)
      .sort((left, right) => left.start - right.start)
      .slice(0, complaintsMax);
  }

  protected note(fault: SyntaxFault): void {
    this.failures += 1;
    if (this.complaints.length < complaintsMax) this.complaints.push(...fault.diagnostics);
  }

  protected noteFlow(fault: SyntaxFault): void {
    if (this.flowComplaints.length < complaintsMax) this.flowComplaints.push(...fault.diagnostics);
  }

  /** Does `work`; where that complains, `otherwise` says how to go on. */
  protected recovering<T>(work: () => T, otherwise: () => T): T {
    const before = this.failures;
    try {
      return work();
    } catch (error) {
      this.caught(error, before);
      return otherwise();
    }
  }

  /** Notes what was thrown, unless it only follows from what was wrong since `before`. */
  protected caught(error: unknown, before: number): void {
    if (!(error instanceof SyntaxFault)) throw error;
    if (this.failures === before) this.note(error);
  }
}
