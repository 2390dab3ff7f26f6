/** Something that a person has to see to before this can go on, said in one sentence for them. */
export class SetUpProblem extends Error {
	name = 'SetUpProblem';
}
