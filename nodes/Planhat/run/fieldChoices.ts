/** How a parameter offers the fields of its resource, as the editor's method `getOutputFields` lists them. */
export const fieldChoices = { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['resource'] };
