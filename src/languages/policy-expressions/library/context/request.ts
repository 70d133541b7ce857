// IRequest, with the network it came through and the model it is meant for.
import type { PolicyRequest } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { certificateOf } from './certificates.ts';
import { type Of, plainType, wrap } from './context-value.ts';
import { parametersOf } from './headers.ts';
import { messageMembers } from './message.ts';

export const requestTypes = [
  declareType('interface IRequest', {
    ...messageMembers,
    'string Method': ({ content }: Of<PolicyRequest>) => content.method,
    'IUrl Url': ({ content }: Of<PolicyRequest>) => wrap('IUrl', content.url),
    'IUrl OriginalUrl': ({ content }: Of<PolicyRequest>) => wrap('IUrl', content.originalUrl),
    'string IpAddress': ({ content }: Of<PolicyRequest>) => content.ipAddress,
    'IReadOnlyDictionary<string, string> MatchedParameters': ({ content }: Of<PolicyRequest>) =>
      parametersOf(content.matchedParameters),
    'X509Certificate2 Certificate': ({ content: { certificate } }: Of<PolicyRequest>) =>
      certificate ? certificateOf(certificate) : null,
    'IPrivateEndpointConnection PrivateEndpointConnection': ({ content }: Of<PolicyRequest>) =>
      wrap('IPrivateEndpointConnection', content.privateEndpointConnection),
    'IAzureVnetInfo AzureVnetInfo': ({ content }: Of<PolicyRequest>) =>
      wrap('IAzureVnetInfo', content.azureVnetInfo),
    'IFoundry Foundry': ({ content }: Of<PolicyRequest>) => wrap('IFoundry', content.foundry),
  }),
  plainType('IPrivateEndpointConnection', {
    Name: 'string',
    GroupId: 'string',
    MemberName: 'string',
  }),
  plainType('IAzureVnetInfo', {
    VnetTrafficTag: 'int',
    SubnetId: 'int',
    PrivateLinkId: 'int',
    SnatVip: 'string',
  }),
  plainType('IFoundry', { Deployment: 'string' }),
];
