// IDeployment, with its gateway and the carbon intensity of its region.
import { carbonIntensities, type PolicyDeployment } from '../../context/model.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import { certificatesOf } from './certificates.ts';
import { type Of, plainType, wrap } from './context-value.ts';

type Sustainability = NonNullable<PolicyDeployment['sustainabilityInfo']>;

export const deploymentTypes = [
  declareType('interface IDeployment', {
    'IGateway Gateway': ({ content }: Of<PolicyDeployment>) => wrap('IGateway', content.gateway),
    'ISustainabilityInfo SustainabilityInfo': ({ content }: Of<PolicyDeployment>) =>
      wrap('ISustainabilityInfo', content.sustainabilityInfo),
    'string GatewayId': ({ content }: Of<PolicyDeployment>) => content.gatewayId,
    'string Region': ({ content }: Of<PolicyDeployment>) => content.region,
    'string ServiceId': ({ content }: Of<PolicyDeployment>) => content.serviceId,
    'string ServiceName': ({ content }: Of<PolicyDeployment>) => content.serviceName,
    'IReadOnlyDictionary<string, X509Certificate2> Certificates': ({
      content,
    }: Of<PolicyDeployment>) => certificatesOf(content),
  }),
  plainType('IGateway', { Id: 'string', InstanceId: 'string', IsManaged: 'bool' }),
  declareType('interface ISustainabilityInfo', {
    'CarbonIntensityCategory CurrentCarbonIntensity': ({ content }: Of<Sustainability>) =>
      carbonIntensities.indexOf(content.currentCarbonIntensity),
  }),
  declareEnum(
    'CarbonIntensityCategory',
    Object.fromEntries(carbonIntensities.map((name, index) => [name, index])),
  ),
];
