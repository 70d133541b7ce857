// Raw: the whole Authorization header, or its scheme and parameter.
import { textMember } from '../../actions/reading.ts';
import { AuthenticationError, type AuthenticationType } from './authentication.ts';

export const raw: AuthenticationType = {
  type: 'Raw',
  required: [],
  check: (value) =>
    textMember(value, 'value') === undefined && textMember(value, 'scheme') === undefined
      ? "raw authentication needs 'value', or 'scheme' and 'parameter'"
      : undefined,
  async obtain(value) {
    const scheme = textMember(value, 'scheme');
    const header =
      textMember(value, 'value') ?? `${scheme} ${textMember(value, 'parameter') ?? ''}`.trim();
    if (/[\r\n]/.test(header)) {
      throw new AuthenticationError(
        'BadRequest',
        'The value of the raw authentication holds a line break.',
      );
    }
    return { headers: [['Authorization', header]] };
  },
};
