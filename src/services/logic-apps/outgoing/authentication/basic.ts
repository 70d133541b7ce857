// Basic: user name and password (RFC 7617).
import { textMember } from '../../actions/reading.ts';
import type { AuthenticationType } from './authentication.ts';

export const basic: AuthenticationType = {
  type: 'Basic',
  required: ['username'],
  async obtain(value) {
    const pair = `${textMember(value, 'username') ?? ''}:${textMember(value, 'password') ?? ''}`;
    return {
      headers: [['Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`]],
    };
  },
};
